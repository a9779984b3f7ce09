-- Characters whose second byte is a backslash.
\C sjis
CREATE TABLE `表ソ` (id INT PRIMARY KEY, `能` VARCHAR(20) DEFAULT 'ソ表' COMMENT '予能', e ENUM('表','ソ') DEFAULT 'ソ') CHARSET=utf8mb4;
INSERT INTO `表ソ`(id) VALUES (1);
ALTER TABLE `表ソ` ADD x VARCHAR(20) NOT NULL DEFAULT '十';
TRUNCATE TABLE `表ソ`;
INSERT INTO `表ソ`(id) VALUES (2);
