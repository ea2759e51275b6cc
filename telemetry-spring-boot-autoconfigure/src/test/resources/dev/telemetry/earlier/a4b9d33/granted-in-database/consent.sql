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
('order-desk', 3, '{"v":1,"seq":3,"decision":"granted","scope":"export","notice":"sha256:a79daf8484b95d22566220ccccacfa207446280e2fcfea6b7d733b044f24788c","grantId":"15dbf6d05462b2bc427af32f930b4a82","asOf":"2026-11-30T01:45:07Z","channel":"command","tool":"order-desk","checksum":"sha256:07ce85bb4a2b620b899bec4762b93906bc930db90125d554e914ade434fa97d9"}', NULL, TIMESTAMP '2026-11-30 01:45:07');  
CREATE MEMORY TABLE "PUBLIC"."TELEMETRY_CONSENT_RECEIPT"(
    "TOOL" CHARACTER VARYING(200) NOT NULL,
    "SEQ" BIGINT NOT NULL,
    "RECEIPT" CHARACTER LARGE OBJECT NOT NULL
);              
ALTER TABLE "PUBLIC"."TELEMETRY_CONSENT_RECEIPT" ADD CONSTRAINT "PUBLIC"."CONSTRAINT_9" PRIMARY KEY("TOOL", "SEQ");            
-- 3 +/- SELECT COUNT(*) FROM PUBLIC.TELEMETRY_CONSENT_RECEIPT;
INSERT INTO "PUBLIC"."TELEMETRY_CONSENT_RECEIPT" VALUES
('order-desk', 1, '{"v":1,"event":"consent.given","at":"2026-11-30T01:45:05Z","channel":"command","scope":"export","notice":"sha256:a79daf8484b95d22566220ccccacfa207446280e2fcfea6b7d733b044f24788c","previous":"none"}'),
('order-desk', 2, '{"v":1,"event":"consent.refused","at":"2026-11-30T01:45:07Z","channel":"command","scope":"none","previous":"sha256:ccbd0dc47724b4f52d4893fe518a9b391cfd118a295910371a93a2a813dbdd2c"}'),
('order-desk', 3, '{"v":1,"event":"consent.given","at":"2026-11-30T01:45:07Z","channel":"command","scope":"export","notice":"sha256:a79daf8484b95d22566220ccccacfa207446280e2fcfea6b7d733b044f24788c","previous":"sha256:0567000fc37884e28f987ad617a349a0fabf162e9047e3d72df28af8f4d84b24"}'); 
CREATE MEMORY TABLE "PUBLIC"."TELEMETRY_CONSENT_NOTICE"(
    "HASH" CHARACTER VARYING(80) NOT NULL,
    "NOTICE" CHARACTER LARGE OBJECT NOT NULL
);            
ALTER TABLE "PUBLIC"."TELEMETRY_CONSENT_NOTICE" ADD CONSTRAINT "PUBLIC"."CONSTRAINT_D" PRIMARY KEY("HASH");    
-- 1 +/- SELECT COUNT(*) FROM PUBLIC.TELEMETRY_CONSENT_NOTICE; 
INSERT INTO "PUBLIC"."TELEMETRY_CONSENT_NOTICE" VALUES
('sha256:a79daf8484b95d22566220ccccacfa207446280e2fcfea6b7d733b044f24788c', '{"deletion":"none","destinations":[{"host":"collector.example.com","port":443,"protocol":"otlp","scheme":"https"}],"events":[{"name":"order.placed","properties":[{"name":"customer","privacy":"pii","redaction":"hash","type":"string"},{"name":"items","privacy":"internal","redaction":"secrets","type":"number"},{"name":"payment","privacy":"internal","redaction":"secrets","type":"string"},{"bucket":"50","name":"total","privacy":"internal","redaction":"bucket","type":"number"}],"purpose":"See how large orders are and how they are paid","retentionSeconds":3153600000,"samplingPerMillion":1000000,"version":1},{"name":"report.opened","properties":[{"name":"report","privacy":"internal","redaction":"secrets","type":"string"}],"purpose":"See which reports are used","retentionSeconds":3153600000,"samplingPerMillion":1000000,"version":1}],"machineId":"rotating","metadata":["region"],"runtimeFields":["arch","java_version","os"],"tool":"order-desk","undeclared":{"policy":"drop","retentionSeconds":0},"v":1}');            
