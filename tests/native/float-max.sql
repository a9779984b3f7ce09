-- The largest FLOAT is rounded neither to infinity nor out of range.
CREATE TABLE t (id INT PRIMARY KEY, f FLOAT);
INSERT INTO t VALUES (1, 3.402823466e38);
