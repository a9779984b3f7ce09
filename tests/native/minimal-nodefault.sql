-- Columns without a default that the INSERT did not name (MINIMAL).
SET binlog_row_image=MINIMAL;
SET sql_mode='';
CREATE TABLE t (id INT PRIMARY KEY, a INT NOT NULL, b VARCHAR(5) NOT NULL);
INSERT INTO t(id) VALUES (1);
SELECT * FROM t;
