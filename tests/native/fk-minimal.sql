-- The same where the images hold no more than they must.
SET binlog_row_image=MINIMAL;
CREATE TABLE p (id INT PRIMARY KEY, v INT, t TEXT);
CREATE TABLE c (id INT PRIMARY KEY, pid INT, FOREIGN KEY (pid) REFERENCES p (id) ON DELETE CASCADE ON UPDATE CASCADE);
INSERT INTO p VALUES (1,1,'a'),(2,2,'b'),(3,3,'c');
INSERT INTO c VALUES (1,1),(2,2),(3,3);
UPDATE p SET id=10 WHERE id=1;
UPDATE p SET id=20, v=5 WHERE id=2;
DELETE FROM p WHERE id=3;
SET foreign_key_checks=0, unique_checks=0;
UPDATE p SET id=11 WHERE id=10;
INSERT INTO c VALUES (4,44);
