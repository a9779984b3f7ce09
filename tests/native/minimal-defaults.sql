-- Rows of nothing but defaults, in MINIMAL images.
SET binlog_row_image=MINIMAL;
CREATE TABLE n (a INT DEFAULT 5, b INT, c VARCHAR(3) NOT NULL DEFAULT 'x');
INSERT INTO n (b) VALUES (1);
INSERT INTO n VALUES (),(),();
INSERT INTO n (a) VALUES (DEFAULT),(7);
UPDATE n SET b=2 WHERE b=1;
DELETE FROM n WHERE a=7;
