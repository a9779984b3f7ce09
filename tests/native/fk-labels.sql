-- A first copy ends with a search for orphans: to a foreign key, ENUM and SET are
-- numbers, whatever their labels and character sets are.
-- modes: copy
CREATE TABLE p (e ENUM('x','y','z') CHARACTER SET latin1 PRIMARY KEY, s SET('a','b') CHARACTER SET latin1 UNIQUE);
CREATE TABLE c (i INT PRIMARY KEY, e ENUM('x','y','z') CHARACTER SET ujis, s SET('q','b') CHARACTER SET utf8mb4, FOREIGN KEY (e) REFERENCES p (e), FOREIGN KEY (s) REFERENCES p (s));
CREATE TABLE d (i INT PRIMARY KEY, e ENUM('one','two') CHARACTER SET ucs2, FOREIGN KEY (e) REFERENCES p (e));
INSERT INTO p VALUES ('x', 'a'), ('y', 'b'), ('z', 'a,b');
INSERT INTO c VALUES (1, 'x', 'q'), (2, 'z', 'b'), (3, NULL, NULL);
INSERT INTO d VALUES (1, 'one'), (2, 2);
