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
('order-desk', 2, '{"v":1,"seq":2,"decision":"denied","grantedBefore":true,"asOf":"2026-11-30T01:45:12Z","channel":"command","tool":"order-desk","checksum":"sha256:2c7dfda456f09e7223286610ba8784dbfc9ba28823c388ad6f25097000785046"}', NULL, TIMESTAMP '2026-11-30 01:45:12');               
CREATE MEMORY TABLE "PUBLIC"."TELEMETRY_CONSENT_RECEIPT"(
    "TOOL" CHARACTER VARYING(200) NOT NULL,
    "SEQ" BIGINT NOT NULL,
    "RECEIPT" CHARACTER LARGE OBJECT NOT NULL
);              
ALTER TABLE "PUBLIC"."TELEMETRY_CONSENT_RECEIPT" ADD CONSTRAINT "PUBLIC"."CONSTRAINT_9" PRIMARY KEY("TOOL", "SEQ");            
-- 2 +/- SELECT COUNT(*) FROM PUBLIC.TELEMETRY_CONSENT_RECEIPT;
INSERT INTO "PUBLIC"."TELEMETRY_CONSENT_RECEIPT" VALUES
('order-desk', 1, '{"v":1,"event":"consent.given","at":"2026-11-30T01:45:10Z","channel":"command","scope":"export","notice":"sha256:a79daf8484b95d22566220ccccacfa207446280e2fcfea6b7d733b044f24788c","previous":"none"}'),
('order-desk', 2, '{"v":1,"event":"consent.refused","at":"2026-11-30T01:45:12Z","channel":"command","scope":"none","previous":"sha256:56aafd338750670982df38c8ea90eca57071e3969189743e0c80ddc404201f4e"}');
CREATE MEMORY TABLE "PUBLIC"."TELEMETRY_CONSENT_NOTICE"(
    "HASH" CHARACTER VARYING(80) NOT NULL,
    "NOTICE" CHARACTER LARGE OBJECT NOT NULL
);            
ALTER TABLE "PUBLIC"."TELEMETRY_CONSENT_NOTICE" ADD CONSTRAINT "PUBLIC"."CONSTRAINT_D" PRIMARY KEY("HASH");    
-- 1 +/- SELECT COUNT(*) FROM PUBLIC.TELEMETRY_CONSENT_NOTICE; 
INSERT INTO "PUBLIC"."TELEMETRY_CONSENT_NOTICE" VALUES
('sha256:a79daf8484b95d22566220ccccacfa207446280e2fcfea6b7d733b044f24788c', '{"deletion":"none","destinations":[{"host":"collector.example.com","port":443,"protocol":"otlp","scheme":"https"}],"events":[{"name":"order.placed","properties":[{"name":"customer","privacy":"pii","redaction":"hash","type":"string"},{"name":"items","privacy":"internal","redaction":"secrets","type":"number"},{"name":"payment","privacy":"internal","redaction":"secrets","type":"string"},{"bucket":"50","name":"total","privacy":"internal","redaction":"bucket","type":"number"}],"purpose":"See how large orders are and how they are paid","retentionSeconds":3153600000,"samplingPerMillion":1000000,"version":1},{"name":"report.opened","properties":[{"name":"report","privacy":"internal","redaction":"secrets","type":"string"}],"purpose":"See which reports are used","retentionSeconds":3153600000,"samplingPerMillion":1000000,"version":1}],"machineId":"rotating","metadata":["region"],"runtimeFields":["arch","java_version","os"],"tool":"order-desk","undeclared":{"policy":"drop","retentionSeconds":0},"v":1}');            
