-- For ClickHouse 24.3 or newer, in the database "telemetry". Start the Collector once before: it creates otel_logs,
-- in which each log record is a row with its attributes as a map. From there each event goes into a table of its own.

CREATE TABLE IF NOT EXISTS events_stored
(
	id String,
	name LowCardinality(String),
	tool LowCardinality(String),
	tool_version LowCardinality(String),
	machine_id String,
	session_id String,
	happened DateTime64(3, 'UTC'),
	-- What the application declared, without the prefix telemetry.attr.
	attrs Map(LowCardinality(String), String),
	-- An event that was sampled at 0.1 stands for ten
	weight Float64
)
-- Delivery is at least once. An event that arrives again has the same id, name and time, and becomes one row with the first
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(happened)
ORDER BY (name, happened, id)
-- What telemetry.notice.recipient-retention says of this destination
TTL toDateTime(happened) + INTERVAL 90 DAY;

CREATE MATERIALIZED VIEW IF NOT EXISTS events_arriving TO events_stored AS
SELECT
	LogAttributes['event.id'] AS id,
	LogAttributes['event.name'] AS name,
	LogAttributes['tool.name'] AS tool,
	LogAttributes['tool.version'] AS tool_version,
	LogAttributes['machine.id'] AS machine_id,
	LogAttributes['session.id'] AS session_id,
	toDateTime64(Timestamp, 3, 'UTC') AS happened,
	mapApply((key, value) -> (substring(key, 16), value),
		mapFilter((key, value) -> startsWith(key, 'telemetry.attr.'), LogAttributes)) AS attrs,
	if(toFloat64OrZero(LogAttributes['sampling.rate']) BETWEEN 0.000001 AND 1,
		1 / toFloat64OrZero(LogAttributes['sampling.rate']), 1) AS weight
FROM otel_logs
WHERE LogAttributes['event.id'] != '' AND LogAttributes['event.name'] != '';

-- Rows are merged in the background. FINAL counts as if all of them were already.
CREATE VIEW IF NOT EXISTS events AS SELECT * FROM events_stored FINAL;
