-- TRUNCATE of a table that others refer to takes no rows of theirs: it was made
-- with foreign_key_checks=0.
CREATE TABLE p (id INT PRIMARY KEY);
CREATE TABLE c (id INT PRIMARY KEY, pid INT, FOREIGN KEY (pid) REFERENCES p (id) ON DELETE CASCADE);
CREATE TABLE n (id INT PRIMARY KEY, pid INT, FOREIGN KEY (pid) REFERENCES p (id) ON DELETE SET NULL);
INSERT INTO p VALUES (1),(2);
INSERT INTO c VALUES (1,1),(2,2);
INSERT INTO n VALUES (1,1),(2,2);
SET foreign_key_checks=0;
TRUNCATE p;
SET foreign_key_checks=1;
INSERT INTO p VALUES (1),(2);
DELETE FROM p WHERE id=2;
CREATE TABLE s (id INT PRIMARY KEY, up INT, FOREIGN KEY (up) REFERENCES s (id));
INSERT INTO s VALUES (1,NULL),(2,1),(3,2);
TRUNCATE s;
INSERT INTO s VALUES (4,NULL);
