-- The record of consent of each tool, its receipts, and the notices that were agreed to.

CREATE TABLE IF NOT EXISTS telemetry_consent (
	tool VARCHAR(200) NOT NULL,
	seq BIGINT NOT NULL,
	record TEXT,
	damaged TEXT,
	updated_at TIMESTAMP NOT NULL,
	PRIMARY KEY (tool)
);

CREATE TABLE IF NOT EXISTS telemetry_consent_receipt (
	tool VARCHAR(200) NOT NULL,
	seq BIGINT NOT NULL,
	receipt TEXT NOT NULL,
	PRIMARY KEY (tool, seq)
);

CREATE TABLE IF NOT EXISTS telemetry_consent_notice (
	hash VARCHAR(80) NOT NULL,
	notice TEXT NOT NULL,
	PRIMARY KEY (hash)
);
