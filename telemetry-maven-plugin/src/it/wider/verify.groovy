String log = new File(basedir, 'build.log').text
assert log.contains('wider: order.placed/total: is collected')
assert log.contains('more is collected than was reviewed')
assert !new File(basedir, 'target/wider-1.0.0.jar').exists()
