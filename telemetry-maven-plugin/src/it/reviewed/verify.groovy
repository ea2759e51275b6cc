import java.util.zip.ZipFile

String log = new File(basedir, 'build.log').text
assert log.contains('0 findings in 1 spec')
assert log.contains('target/classes/META-INF/telemetry-manifest.json declares 2 events')

new ZipFile(new File(basedir, 'target/reviewed-1.0.0.jar')).withCloseable {
	assert it.getEntry('META-INF/telemetry-manifest.json') != null
}
assert new File(basedir, 'target/TELEMETRY.md').text.contains('| items | number |')
