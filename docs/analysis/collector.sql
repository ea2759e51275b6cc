-- Reads what the file exporter of a Collector writes, one OTLP/JSON request of log records a line, into the
-- table "events", which every other query here uses.
-- SET VARIABLE requests = ['/var/lib/otelcol/telemetry.jsonl'];
-- Delivery is at least once, so an event may have arrived twice: it counts once.
CREATE OR REPLACE TEMP TABLE events AS
WITH requests AS (
	SELECT unnest("resourceLogs") AS resource_logs
	FROM read_json(
		getvariable('requests'),
		format = 'newline_delimited',
		ignore_errors = true,
		maximum_object_size = 67108864,
		columns = { "resourceLogs": 'STRUCT(
			resource STRUCT(attributes STRUCT(key VARCHAR, value STRUCT("stringValue" VARCHAR))[]),
			"scopeLogs" STRUCT("logRecords" STRUCT(
				"timeUnixNano" VARCHAR,
				attributes STRUCT(key VARCHAR, value STRUCT(
					"stringValue" VARCHAR, "intValue" VARCHAR, "doubleValue" VARCHAR, "boolValue" VARCHAR))[])[])[])[]' })
),
scopes AS (
	-- Tool, installation and session stand once for all records of a session
	SELECT
		map_from_entries(list_transform(resource_logs.resource.attributes, lambda one: {
			k: one.key, v: one.value."stringValue" })) AS resource,
		unnest(resource_logs."scopeLogs") AS scope_logs
	FROM requests
),
records AS (
	SELECT resource, unnest(scope_logs."logRecords") AS record FROM scopes
),
fields AS (
	SELECT
		resource,
		make_timestamp(CAST(record."timeUnixNano" AS BIGINT) // 1000) AS happened,
		-- Of each attribute the one value it has; a whole number of 64 bits is text in OTLP/JSON
		map_from_entries(list_transform(record.attributes, lambda one: {
			k: one.key,
			v: {
				text: coalesce(one.value."stringValue", one.value."intValue", one.value."doubleValue",
					one.value."boolValue"),
				json: CASE
					WHEN one.value."stringValue" IS NOT NULL THEN to_json(one.value."stringValue")
					ELSE CAST(coalesce(one.value."intValue", one.value."doubleValue", one.value."boolValue") AS JSON)
				END
			}
		})) AS attributes
	FROM records
),
arrived AS (
	SELECT
		attributes['event.id'].text AS id,
		attributes['event.name'].text AS name,
		resource['tool.name'] AS tool,
		resource['tool.version'] AS tool_version,
		resource['machine.id'] AS machine_id,
		resource['session.id'] AS session_id,
		happened,
		CAST(map_from_entries(list_transform(
			list_filter(map_entries(attributes), lambda entry: starts_with(entry.key, 'telemetry.attr.')),
			lambda entry: { k: substr(entry.key, 16), v: entry.value.json })) AS JSON) AS attrs,
		TRY_CAST(attributes['sampling.rate'].text AS DOUBLE) AS sampling_rate
	FROM fields
)
SELECT
	id,
	any_value(name) AS name,
	any_value(tool) AS tool,
	any_value(tool_version) AS tool_version,
	any_value(machine_id) AS machine_id,
	any_value(session_id) AS session_id,
	any_value(happened) AS happened,
	any_value(attrs) AS attrs,
	-- An event that was sampled at 0.1 stands for ten
	any_value(CASE WHEN sampling_rate BETWEEN 0.000001 AND 1 THEN 1 / sampling_rate ELSE 1 END) AS weight
FROM arrived
WHERE id IS NOT NULL AND name IS NOT NULL
GROUP BY id;
