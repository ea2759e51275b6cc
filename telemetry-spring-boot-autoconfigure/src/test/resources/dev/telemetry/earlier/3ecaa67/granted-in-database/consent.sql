-- H2 2.4.240; 
;              
CREATE USER IF NOT EXISTS "" PASSWORD '' ADMIN;
CREATE MEMORY TABLE "PUBLIC"."TELEMETRY_CONSENT"(
    "TOOL" CHARACTER VARYING(200) NOT NULL,
    "SEQ" BIGINT NOT NULL,
    "RECORD" CHARACTER LARGE OBJECT,
    "DAMAGED" CHARACTER LARGE OBJECT,
    "UPDATED_AT" TIMESTAMP NOT NULL
);     
ALTER TABLE "PUBLIC"."TELEMETRY_CONSENT" ADD CONSTRAINT "PUBLIC"."CONSTRAINT_3" PRIMARY KEY("TOOL");           
-- 1 +/- SELECT COUNT(*) FROM PUBLIC.TELEMETRY_CONSENT;        
INSERT INTO "PUBLIC"."TELEMETRY_CONSENT" VALUES
('order-desk', 3, '{"v":1,"seq":3,"decision":"granted","scope":"export","notice":"sha256:a453be3954f8ca180d60a820affd8210a792235147b33ba5ff99f7241c58b317","grantId":"b783369a58525a8e4e0b4d639cbbabf3","asOf":"2026-11-30T09:32:18Z","channel":"command","tool":"order-desk","checksum":"sha256:7fbc8de151c7831d701ca9195e7dc707206e01e634c981ad77d59c0284098914"}', NULL, TIMESTAMP '2026-11-30 09:32:18.66547');            
CREATE MEMORY TABLE "PUBLIC"."TELEMETRY_CONSENT_RECEIPT"(
    "TOOL" CHARACTER VARYING(200) NOT NULL,
    "SEQ" BIGINT NOT NULL,
    "RECEIPT" CHARACTER LARGE OBJECT NOT NULL
);              
ALTER TABLE "PUBLIC"."TELEMETRY_CONSENT_RECEIPT" ADD CONSTRAINT "PUBLIC"."CONSTRAINT_9" PRIMARY KEY("TOOL", "SEQ");            
-- 3 +/- SELECT COUNT(*) FROM PUBLIC.TELEMETRY_CONSENT_RECEIPT;
INSERT INTO "PUBLIC"."TELEMETRY_CONSENT_RECEIPT" VALUES
('order-desk', 1, '{"v":1,"event":"consent.granted","at":"2026-11-30T09:32:16Z","channel":"command","scope":"export","notice":"sha256:a453be3954f8ca180d60a820affd8210a792235147b33ba5ff99f7241c58b317","previous":"none"}'),
('order-desk', 2, '{"v":1,"event":"consent.withdrawn","at":"2026-11-30T09:32:18Z","channel":"command","scope":"none","previous":"sha256:55e2409f19cf19dcc851941778460d146faf4eb8c263d44be5d22114b94abc8a"}'),
('order-desk', 3, '{"v":1,"event":"consent.granted","at":"2026-11-30T09:32:18Z","channel":"command","scope":"export","notice":"sha256:a453be3954f8ca180d60a820affd8210a792235147b33ba5ff99f7241c58b317","previous":"sha256:a9aa23428b1e70226dfb47276cd723c1a7e51937870bf8f999c6a4ddc2310ccc"}');           
CREATE MEMORY TABLE "PUBLIC"."TELEMETRY_CONSENT_NOTICE"(
    "HASH" CHARACTER VARYING(80) NOT NULL,
    "NOTICE" CHARACTER LARGE OBJECT NOT NULL
);            
ALTER TABLE "PUBLIC"."TELEMETRY_CONSENT_NOTICE" ADD CONSTRAINT "PUBLIC"."CONSTRAINT_D" PRIMARY KEY("HASH");    
-- 1 +/- SELECT COUNT(*) FROM PUBLIC.TELEMETRY_CONSENT_NOTICE; 
INSERT INTO "PUBLIC"."TELEMETRY_CONSENT_NOTICE" VALUES
('sha256:a453be3954f8ca180d60a820affd8210a792235147b33ba5ff99f7241c58b317', '{"deletion":"none","destinations":[{"host":"collector.example.com","port":443,"protocol":"otlp","scheme":"https"}],"events":[{"name":"order.placed","privacy":"internal","properties":[{"name":"customer","privacy":"pii","redaction":"hash","type":"string"},{"max":"100","min":"1","name":"items","privacy":"internal","redaction":"secrets","type":"number"},{"name":"payment","privacy":"internal","redaction":"secrets","type":"string","values":["card","invoice","voucher"]},{"bucket":"50","name":"total","privacy":"internal","redaction":"bucket","type":"number"}],"purpose":"See how large orders are and how they are paid","retentionSeconds":3153600000,"samplingPerMillion":1000000,"version":1},{"expires":"2099-12-31","name":"report.opened","privacy":"internal","properties":[{"name":"report","privacy":"internal","redaction":"secrets","type":"string","values":["daily","monthly"]}],"purpose":"See which reports are used","retentionSeconds":3153600000,"samplingPerMillion":1000000,"version":1}],"machineId":"rotating","metadata":["region"],"runtimeFields":["arch","java_version","os"],"tool":"order-desk","undeclared":{"policy":"drop","retentionSeconds":0},"v":2}');  
