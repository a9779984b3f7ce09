-- A name may hold a quote.
CREATE TABLE `a'b` (i INT PRIMARY KEY);
INSERT INTO `a'b` VALUES (1);
