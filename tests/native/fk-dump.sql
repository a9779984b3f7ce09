-- A dump makes tables and rows before those that they refer to.
SET foreign_key_checks=0;
CREATE TABLE c (id INT PRIMARY KEY, pid INT, FOREIGN KEY (pid) REFERENCES p(id));
INSERT INTO c VALUES (1,10);
CREATE TABLE p (id INT PRIMARY KEY);
INSERT INTO p VALUES (10);
DROP TABLE p;
