-- A foreign key of types that no expression compares: a copy has its rows all
-- the same.
-- modes: copy files
CREATE TABLE p (a INET6 NOT NULL UNIQUE);
INSERT INTO p VALUES ('::ffff:1.2.3.4'),('ffff::1');
CREATE TABLE c (b BIT(17) PRIMARY KEY, v INT, FOREIGN KEY (b) REFERENCES p (a));
SET foreign_key_checks=0;
INSERT INTO c VALUES (b'1', 2);
