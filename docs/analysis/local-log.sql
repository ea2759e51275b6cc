-- Reads local logs into the table "events", which every other query here uses.
-- SET VARIABLE logs = ['/home/me/.acme/telemetry.log', '/home/me/.acme/telemetry.log.*'];
-- A line that is no event is left out. An event that is met twice counts once.
CREATE OR REPLACE TEMP TABLE events AS
SELECT
	id,
	any_value(name) AS name,
	any_value(tool) AS tool,
	any_value(tool_version) AS tool_version,
	any_value(machine_id) AS machine_id,
	any_value(session_id) AS session_id,
	any_value(timestamp_utc) AS happened,
	any_value(attrs) AS attrs,
	-- An event that was sampled at 0.1 stands for ten
	any_value(CASE WHEN sampling_rate BETWEEN 0.000001 AND 1 THEN 1 / sampling_rate ELSE 1 END) AS weight
FROM read_json(
	getvariable('logs'),
	format = 'newline_delimited',
	ignore_errors = true,
	columns = {
		id: 'VARCHAR', name: 'VARCHAR', tool: 'VARCHAR', tool_version: 'VARCHAR', machine_id: 'VARCHAR',
		session_id: 'VARCHAR', timestamp_utc: 'TIMESTAMP', attrs: 'JSON', sampling_rate: 'DOUBLE'
	})
WHERE id IS NOT NULL AND name IS NOT NULL
GROUP BY id;
