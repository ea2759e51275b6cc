-- What telemetry-cli report says of each event: in the log, before sampling, and the share that succeeded.
SELECT
	name,
	count(*) AS count,
	sum(weight) AS estimated,
	sum(weight) FILTER (attrs ->> '$.success' = 'true')
		/ sum(weight) FILTER (attrs ->> '$.success' IN ('true', 'false')) AS success_rate
FROM events
GROUP BY name
ORDER BY name;
