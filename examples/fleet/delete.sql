-- A request for deletion: everything of one installation, by the identifier the request names.
-- It is done when system.mutations says so.
ALTER TABLE events_stored DELETE WHERE machine_id = {machine_id:String};
ALTER TABLE otel_logs DELETE WHERE LogAttributes['machine.id'] = {machine_id:String};
