-- As docs/analysis/counts.sql: how many of each event, before sampling, and the share that succeeded.
SELECT
	name,
	count(*) AS count,
	sum(weight) AS estimated,
	sum(CASE WHEN attrs['success'] = 'true' THEN weight ELSE 0 END)
		/ nullif(sum(CASE WHEN attrs['success'] IN ('true', 'false') THEN weight ELSE 0 END), 0) AS success_rate
FROM events
GROUP BY name
ORDER BY name
