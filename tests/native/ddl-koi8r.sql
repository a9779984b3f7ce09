-- Names, labels, defaults and comments are the client's characters.
SET NAMES koi8r;
CREATE TABLE `таб` (id INT PRIMARY KEY, `имя` VARCHAR(20) DEFAULT 'мир' COMMENT 'дом', e ENUM('да','нет') DEFAULT 'нет') COMMENT='таблица' CHARSET=utf8mb4;
INSERT INTO `таб`(id) VALUES (1);
ALTER TABLE `таб` ADD x VARCHAR(20) CHARACTER SET koi8r NOT NULL DEFAULT 'окно';
CREATE TABLE t2 (i INT);
RENAME TABLE `таб` TO `таб2`, t2 TO `дыра`;
INSERT INTO `дыра` VALUES (1);
TRUNCATE TABLE `дыра`;
INSERT INTO `дыра` VALUES (2);
INSERT INTO `таб2`(id,e) VALUES (2,'да');
CREATE TABLE `я` LIKE `дыра`;
DROP TABLE `я`;
