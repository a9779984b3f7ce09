-- A table without a key may be referred to; its rows change their keys, too.
CREATE TABLE p (id INT NOT NULL, v INT, KEY (id));
CREATE TABLE c (id INT PRIMARY KEY, pid INT, FOREIGN KEY (pid) REFERENCES p (id) ON DELETE CASCADE ON UPDATE CASCADE);
INSERT INTO p VALUES (1,1),(2,2),(3,3);
INSERT INTO c VALUES (1,1),(2,2),(3,3);
UPDATE p SET id=10 WHERE id=1;
UPDATE p SET v=20 WHERE id=2;
DELETE FROM p WHERE id=3;
