-- A table without transactions takes more changes than a batch.
-- apply: --batch 100
CREATE TABLE a (id INT PRIMARY KEY, v INT) ENGINE=Aria;
CREATE TABLE n (v INT) ENGINE=Aria;
INSERT INTO a SELECT seq, 1 FROM seq_0_to_999;
INSERT INTO n SELECT v FROM a;
UPDATE a SET v=2;
DELETE FROM a WHERE id<100;
