package dev.telemetry.cli;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** Leaves out tests, whether they are in directories or in jars. */
final class MainClasses implements ImportOption {

	@Override
	public boolean includes(Location location) {
		return Predefined.DO_NOT_INCLUDE_TESTS.includes(location) && !location.contains("-tests.jar");
	}

}
