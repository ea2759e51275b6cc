package dev.telemetry.cli;

import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.storage.Home;
import dev.telemetry.storage.PrivateFile;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Finds out for which tool a record of consent is. Only the application knows its own
 * name; that the record is for it is for the application to see.
 */
final class RecordedTool {

	private static final JsonFactory JSON = JsonFactory.builder().build();

	/** The file of the record in a home. */
	static final String FILE = "consent.json";

	private static final int MAX_BYTES = 64 * 1024;

	private RecordedTool() {
	}

	/** Read the record of a home. */
	static PrivateFile.Content read(Home home) {
		return PrivateFile.read(home.resolve(FILE), MAX_BYTES);
	}

	/** Return the store of a home, for the tool that its record names. */
	static ConsentStore store(Home home, PrivateFile.Content record) {
		return ConsentStore.file(home, of(record));
	}

	/** Return the tool, or nothing if the record is damaged: the store then says so. */
	static String of(PrivateFile.Content record) {
		byte[] bytes = record.bytes();
		try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), (bytes != null) ? bytes : new byte[0])) {
			for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
				if (token == JsonToken.PROPERTY_NAME && json.currentName().equals("tool")
						&& json.nextToken() == JsonToken.VALUE_STRING) {
					return json.getString();
				}
			}
		}
		catch (JacksonException ex) {
			// Damaged: the store says so
		}
		return "";
	}

}
