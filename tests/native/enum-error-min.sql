-- ENUM's error value in images that have nothing else (MINIMAL).
SET binlog_row_image=MINIMAL;
SET sql_mode='';
CREATE TABLE t (f FLOAT, id INT AUTO_INCREMENT PRIMARY KEY, b BOOLEAN, e ENUM('x','y'), d DATE DEFAULT NULL);
INSERT INTO t VALUES (1,1,1,'x','2020-01-01');
UPDATE t SET e='zz' WHERE id=1;
INSERT INTO t(id,e) VALUES (2,'x');
INSERT INTO t(id,e) VALUES (3,'zz') ;
UPDATE t SET b=5, d='2021-01-01' WHERE id=3;
