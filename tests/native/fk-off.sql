-- A row without the one that it refers to was written with
-- foreign_key_checks=0.
CREATE TABLE p (id INT PRIMARY KEY);
CREATE TABLE c (id INT PRIMARY KEY, pid INT, FOREIGN KEY (pid) REFERENCES p(id));
SET foreign_key_checks=0;
INSERT INTO c VALUES (1,10);
SET foreign_key_checks=1;
INSERT INTO p VALUES (10);
