-- Names, labels, defaults and comments come in the character set of the client.
SET NAMES latin1;
CREATE TABLE lat (id INT PRIMARY KEY, a VARCHAR(10) DEFAULT 'é', b VARCHAR(10) COMMENT 'ü', g VARCHAR(20) AS (CONCAT(b,'é')) STORED) DEFAULT CHARSET=latin1;
INSERT INTO lat (id,b) VALUES (1,'x');
ALTER TABLE lat ADD c VARCHAR(5) NOT NULL DEFAULT 'ä';
