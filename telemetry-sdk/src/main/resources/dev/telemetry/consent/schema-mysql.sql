-- The record of consent of each tool, its receipts, and the notices that were agreed to.

CREATE TABLE IF NOT EXISTS telemetry_consent (
	tool VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	seq BIGINT NOT NULL,
	record MEDIUMTEXT,
	damaged MEDIUMTEXT,
	updated_at DATETIME(3) NOT NULL,
	PRIMARY KEY (tool)
);

CREATE TABLE IF NOT EXISTS telemetry_consent_receipt (
	tool VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	seq BIGINT NOT NULL,
	receipt MEDIUMTEXT NOT NULL,
	PRIMARY KEY (tool, seq)
);

CREATE TABLE IF NOT EXISTS telemetry_consent_notice (
	hash VARCHAR(80) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	notice MEDIUMTEXT NOT NULL,
	PRIMARY KEY (hash)
);
