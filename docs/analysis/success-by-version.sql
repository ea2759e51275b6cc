-- Which share of calls succeeded in each version. Versions with fewer installations than the minimum are left out.
-- SET VARIABLE event = 'order.placed'; SET VARIABLE minimum = 20;
SELECT
	tool_version,
	count(*) AS count,
	sum(weight) AS estimated,
	sum(weight) FILTER (attrs ->> '$.success' = 'true') / sum(weight) AS success_rate,
	count(DISTINCT machine_id) AS installations
FROM events
WHERE name = getvariable('event') AND attrs ->> '$.success' IN ('true', 'false')
GROUP BY tool_version
HAVING count(DISTINCT machine_id) >= getvariable('minimum')
ORDER BY tool_version;
