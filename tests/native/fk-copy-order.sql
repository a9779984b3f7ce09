-- Rows are copied before those that they refer to.
-- modes: live files copy
CREATE DATABASE cb; USE cb;
CREATE TABLE zparent(id INT PRIMARY KEY, v VARCHAR(9));
CREATE TABLE achild(id INT PRIMARY KEY, p INT, FOREIGN KEY (p) REFERENCES zparent(id) ON DELETE CASCADE ON UPDATE CASCADE);
INSERT INTO zparent VALUES(10,'a'),(20,'b');
INSERT INTO achild VALUES(1,10),(2,10),(3,20);
CREATE TABLE self(id INT PRIMARY KEY, boss INT, FOREIGN KEY (boss) REFERENCES self(id));
INSERT INTO self VALUES(10,NULL),(20,10);
INSERT INTO self VALUES(5,20);
UPDATE self SET boss=5 WHERE id=10;
