-- Characters whose second byte is a backslash.
\C gbk
CREATE TABLE `誠中` (id INT PRIMARY KEY, `縗` VARCHAR(20) DEFAULT '中誠' , e ENUM('誠','中') DEFAULT '誠') CHARSET=gbk;
INSERT INTO `誠中`(id) VALUES (1);
ALTER TABLE `誠中` ADD x VARCHAR(20) NOT NULL DEFAULT '中';
TRUNCATE `誠中`;
INSERT INTO `誠中`(id) VALUES (3);
