package dev.telemetry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A database in memory, on which the queries of {@code docs/analysis} are run. */
final class Duck implements AutoCloseable {

	static final Path QUERIES = Path.of("..", "docs", "analysis");

	private final Connection connection;

	Duck() throws SQLException {
		this.connection = DriverManager.getConnection("jdbc:duckdb:");
	}

	Duck set(String variable, Object value) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute("SET VARIABLE " + variable + " = " + literal(value));
		}
		return this;
	}

	private static String literal(Object value) {
		if (value instanceof List<?> list) {
			return list.stream().map(Duck::literal).collect(Collectors.joining(", ", "[", "]"));
		}
		return (value instanceof Number) ? value.toString() : "'" + value.toString().replace("'", "''") + "'";
	}

	/** Run a file, and return its rows by the names of their columns. */
	List<Map<String, Object>> run(String file) throws IOException, SQLException {
		return query(Files.readString(QUERIES.resolve(file)));
	}

	List<Map<String, Object>> query(String sql) throws SQLException {
		List<Map<String, Object>> rows = new ArrayList<>();
		try (Statement statement = this.connection.createStatement()) {
			if (statement.execute(sql)) {
				ResultSet results = statement.getResultSet();
				while (results.next()) {
					Map<String, Object> row = new LinkedHashMap<>();
					for (int i = 1; i <= results.getMetaData().getColumnCount(); i++) {
						row.put(results.getMetaData().getColumnLabel(i), results.getObject(i));
					}
					rows.add(row);
				}
			}
		}
		return rows;
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

}
