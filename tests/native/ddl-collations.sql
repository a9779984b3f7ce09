-- Databases, columns and literals without a collation have the session's.
SET collation_server=latin1_german1_ci;
CREATE DATABASE z1;
CREATE TABLE z1.t (a VARCHAR(10));
SET collation_server=DEFAULT;
CREATE DATABASE z2 CHARACTER SET utf8mb3;
CREATE TABLE z2.t (a VARCHAR(10));
USE z2;
ALTER DATABASE COLLATE latin1_swedish_ci;
CREATE TABLE t3 (a VARCHAR(10));
SET collation_database=koi8r_general_ci;
CREATE TABLE t4 (a VARCHAR(10));
CREATE DATABASE z3;
SET collation_database=DEFAULT;
CREATE TABLE t5 (a VARCHAR(10) CHARACTER SET utf8mb4,
    b VARCHAR(10) CHARACTER SET utf8mb3);
SET collation_connection=latin1_swedish_ci;
INSERT INTO t5(a) VALUES ('q');
ALTER TABLE t5 ADD e VARCHAR(20) DEFAULT (CHARSET('x')),
    ADD f VARCHAR(50) DEFAULT (COLLATION('x'));
CREATE TABLE t6 (a VARCHAR(20) AS (CHARSET('x')) STORED, b INT);
INSERT INTO t6(b) VALUES (1);
-- of a session that has no defaults of its own, as servers before 11.2
/*M!110201 SET character_set_collations='' */;
CREATE TABLE none(a VARCHAR(9) CHARSET utf8mb4, b NCHAR(3)) CHARSET=utf8mb3;
CREATE TABLE converted(a VARCHAR(9)) CHARSET=latin1;
ALTER TABLE converted CONVERT TO CHARACTER SET utf8mb4;
