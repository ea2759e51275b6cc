-- As docs/analysis/success-by-version.sql: versions with fewer installations than the minimum are left out.
SELECT
	tool_version,
	count(*) AS count,
	sum(weight) AS estimated,
	sum(CASE WHEN attrs['success'] = 'true' THEN weight ELSE 0 END) / sum(weight) AS success_rate,
	count(DISTINCT machine_id) AS installations
FROM events
WHERE name = {event:String} AND attrs['success'] IN ('true', 'false')
GROUP BY tool_version
HAVING count(DISTINCT machine_id) >= {minimum:UInt32}
ORDER BY tool_version
