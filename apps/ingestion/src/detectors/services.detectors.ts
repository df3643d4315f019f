import { inCrate, inDjango, inDrizzle, inLaravel, inPhp, inPrisma, run, SQLITE_BY_DEFAULT, SQLITE_OF_THE_LANGUAGE, uses } from './database-clues';
import type { Clue, Detector } from './detector';

const POSTGRESQL_IMAGES = run(
  'postgres', 'postgis/postgis', 'pgvector/pgvector', 'ankane/pgvector', 'timescale/timescaledb', 'timescale/timescaledb-ha', 'bitnami/postgresql', 'bitnamilegacy/postgresql', 'supabase/postgres',
  'citusdata/citus', 'tensorchord/pgvecto-rs', 'tensorchord/vchord-postgres', 'kartoza/postgis', 'imresamu/postgis', 'paradedb/paradedb', 'pgautoupgrade/pgautoupgrade', 'immich-app/postgres', 'chainguard/postgres',
);
const COCKROACH_IMAGES = run('cockroachdb/cockroach');
const POSTGRESQL_DRIVERS = uses(
  'npm:pg', 'npm:postgres', 'npm:pg-promise', 'npm:slonik', 'npm:@vercel/postgres', 'npm:@neondatabase/serverless', 'npm:@electric-sql/pglite', 'npm:@payloadcms/db-postgres',
  'pypi:psycopg2', 'pypi:psycopg2-binary', 'pypi:psycopg', 'pypi:psycopg-binary', 'pypi:asyncpg', 'pypi:aiopg', 'pypi:pg8000', 'pypi:pgvector', 'gem:pg',
  'go:github.com/lib/pq', 'go:github.com/jackc/pgx', 'go:gorm.io/driver/postgres', 'go:github.com/go-pg/pg', 'go:github.com/uptrace/bun/driver/pgdriver',
  'cargo:postgres', 'cargo:tokio-postgres', 'cargo:deadpool-postgres', 'maven:org.postgresql:postgresql', 'maven:org.postgresql:r2dbc-postgresql', 'maven:io.quarkus:quarkus-jdbc-postgresql', 'maven:io.quarkus:quarkus-reactive-pg-client', 'maven:io.vertx:vertx-pg-client',
  'nuget:npgsql', 'nuget:npgsql.entityframeworkcore.postgresql', 'hex:postgrex',
);
/** They speak to MariaDB as well: where that runs, they say nothing. */
const MYSQL_DRIVERS = uses(
  'npm:mysql', 'npm:mysql2', 'npm:@planetscale/database', 'pypi:mysqlclient', 'pypi:pymysql', 'pypi:mysql-connector-python', 'pypi:aiomysql', 'pypi:asyncmy', 'pypi:flask-mysqldb', 'gem:mysql2', 'gem:trilogy',
  'go:github.com/go-sql-driver/mysql', 'go:gorm.io/driver/mysql', 'cargo:mysql', 'cargo:mysql_async', 'maven:com.mysql:mysql-connector-j', 'maven:mysql:mysql-connector-java', 'maven:io.quarkus:quarkus-jdbc-mysql', 'maven:io.vertx:vertx-mysql-client',
  'nuget:mysql.data', 'nuget:mysqlconnector', 'nuget:pomelo.entityframeworkcore.mysql', 'nuget:mysql.entityframeworkcore', 'hex:myxql',
);
const MARIADB_IMAGES = run('mariadb', 'mariadb/server', 'bitnami/mariadb', 'bitnamilegacy/mariadb', 'linuxserver/mariadb', 'yobasystems/alpine-mariadb');
const MARIADB_DRIVERS = uses('npm:mariadb', 'pypi:mariadb', 'maven:org.mariadb.jdbc:mariadb-java-client', 'maven:io.quarkus:quarkus-jdbc-mariadb');
const VALKEY_IMAGES = run('valkey/valkey', 'valkey/valkey-bundle', 'bitnami/valkey');
/** What speaks to Redis speaks to Valkey as well. */
const REDIS_CLIENTS = uses(
  'npm:redis', 'npm:ioredis', 'npm:@upstash/redis', 'npm:connect-redis', 'npm:bull', 'npm:bullmq', 'npm:@socket.io/redis-adapter', 'pypi:redis', 'pypi:aioredis', 'pypi:django-redis', 'pypi:flask-redis', 'pypi:channels-redis', 'pypi:rq', 'pypi:django-rq', 'pypi:arq',
  'go:github.com/redis/go-redis', 'go:github.com/go-redis/redis', 'go:github.com/gomodule/redigo', 'go:github.com/redis/rueidis', 'go:github.com/hibiken/asynq', 'gem:redis', 'gem:redis-rails', 'gem:redis-client', 'gem:sidekiq', 'gem:resque',
  'cargo:redis', 'cargo:fred', 'cargo:deadpool-redis', 'cargo:bb8-redis', 'maven:org.springframework.boot:spring-boot-starter-data-redis', 'maven:org.springframework.boot:spring-boot-starter-data-redis-reactive', 'maven:redis.clients:jedis', 'maven:io.lettuce:lettuce-core', 'maven:org.redisson:redisson', 'maven:org.redisson:redisson-spring-boot-starter', 'maven:io.quarkus:quarkus-redis-client', 'maven:io.vertx:vertx-redis-client',
  'nuget:stackexchange.redis', 'nuget:microsoft.extensions.caching.stackexchangeredis', 'hex:redix', 'composer:predis/predis',
);
const SQLITE_DRIVERS = uses(
  'npm:better-sqlite3', 'npm:sqlite3', 'npm:sqlite', 'npm:sql.js', 'npm:@libsql/client', 'npm:node-sqlite3-wasm', 'npm:@payloadcms/db-sqlite', 'pypi:aiosqlite', 'pypi:sqlite-utils', 'pypi:pysqlite3', 'pypi:pysqlite3-binary', 'gem:sqlite3',
  'go:github.com/mattn/go-sqlite3', 'go:modernc.org/sqlite', 'go:gorm.io/driver/sqlite', 'go:github.com/glebarez/sqlite', 'go:github.com/glebarez/go-sqlite', 'go:github.com/ncruces/go-sqlite3', 'go:zombiezen.com/go/sqlite', 'go:crawshaw.io/sqlite', 'go:github.com/pocketbase/pocketbase',
  'cargo:rusqlite', 'cargo:libsql', 'cargo:sqlite', 'maven:org.xerial:sqlite-jdbc', 'nuget:microsoft.data.sqlite', 'nuget:microsoft.entityframeworkcore.sqlite', 'nuget:system.data.sqlite', 'nuget:system.data.sqlite.core', 'hex:exqlite', 'hex:ecto_sqlite3',
);
const MSSQL_DRIVERS = uses(
  'npm:mssql', 'npm:tedious', 'pypi:pymssql', 'pypi:mssql-django', 'go:github.com/microsoft/go-mssqldb', 'go:github.com/denisenkom/go-mssqldb', 'go:gorm.io/driver/sqlserver', 'gem:tiny_tds', 'gem:activerecord-sqlserver-adapter', 'cargo:tiberius',
  'maven:com.microsoft.sqlserver:mssql-jdbc', 'nuget:microsoft.entityframeworkcore.sqlserver', 'nuget:microsoft.data.sqlclient', 'nuget:system.data.sqlclient', 'hex:tds',
);
/** Where the app has a server of its own for its data, a file is what it falls back to without one. */
const SERVERS: readonly Clue[] = [...POSTGRESQL_IMAGES, ...POSTGRESQL_DRIVERS, ...MYSQL_DRIVERS, ...MARIADB_DRIVERS, ...MSSQL_DRIVERS];

/** Where apps keep their data, and what runs beside them: official images and those that people use instead, and each registry's clients. */
export const SERVICES_DETECTORS: readonly Detector[] = [
  {
    tag: 'database:postgresql',
    some: [...POSTGRESQL_IMAGES, { some: [...POSTGRESQL_DRIVERS, inPrisma('postgresql|postgres'), inDjango('postgresql|postgresql_psycopg2|postgis'), inCrate('postgres'), inDrizzle('postgresql'), inLaravel('pgsql'), ...inPhp('pgsql', 'mysql|mysqli|sqlite')], none: COCKROACH_IMAGES }],
  },
  {
    tag: 'database:mysql',
    some: [...run('mysql', 'mysql/mysql-server', 'bitnami/mysql', 'bitnamilegacy/mysql', 'percona', 'percona/percona-server'), { some: [...MYSQL_DRIVERS, inPrisma('mysql'), inDjango('mysql'), inCrate('mysql'), inDrizzle('mysql'), inLaravel('mysql'), ...inPhp('mysql|mysqli', 'pgsql|sqlite')], none: MARIADB_IMAGES }],
  },
  { tag: 'database:mariadb', some: [...MARIADB_IMAGES, ...MARIADB_DRIVERS] },
  {
    tag: 'database:mongodb',
    some: [
      ...run('mongo', 'mongodb/mongodb-community-server', 'bitnami/mongodb', 'bitnamilegacy/mongodb', 'percona/percona-server-mongodb'),
      ...uses(
        'npm:mongodb', 'npm:mongoose', 'npm:@nestjs/mongoose', 'npm:@typegoose/typegoose', 'npm:connect-mongo', 'npm:monk', 'npm:@payloadcms/db-mongodb', 'pypi:pymongo', 'pypi:motor', 'pypi:mongoengine', 'pypi:beanie', 'pypi:odmantic', 'pypi:flask-pymongo', 'pypi:djongo', 'gem:mongo', 'gem:mongoid',
        'go:go.mongodb.org/mongo-driver', 'go:gopkg.in/mgo', 'cargo:mongodb', 'maven:org.mongodb:mongodb-driver-sync', 'maven:org.mongodb:mongodb-driver-reactivestreams', 'maven:org.springframework.boot:spring-boot-starter-data-mongodb', 'maven:org.springframework.boot:spring-boot-starter-data-mongodb-reactive', 'maven:io.quarkus:quarkus-mongodb-client', 'maven:io.vertx:vertx-mongo-client', 'maven:io.quarkus:quarkus-mongodb-panache',
        'nuget:mongodb.driver', 'hex:mongodb_driver', 'composer:mongodb/mongodb', 'composer:mongodb/laravel-mongodb', 'composer:jenssegers/mongodb', 'composer:doctrine/mongodb-odm',
      ),
      inPrisma('mongodb'),
    ],
  },
  { tag: 'database:sqlite', some: [...SQLITE_DRIVERS, ...SQLITE_OF_THE_LANGUAGE, inPrisma('sqlite'), inCrate('sqlite'), inDrizzle('sqlite|turso'), ...inPhp('sqlite|sqlite3', 'pgsql|mysql|mysqli'), { some: SQLITE_BY_DEFAULT, none: SERVERS }] },
  { tag: 'database:redis', some: [...run('redis', 'bitnami/redis', 'bitnami/redis-cluster', 'bitnamilegacy/redis', 'redis/redis-stack', 'redis/redis-stack-server'), { some: REDIS_CLIENTS, none: VALKEY_IMAGES }] },
  { tag: 'database:valkey', some: [...VALKEY_IMAGES, ...uses('npm:iovalkey', 'npm:@valkey/valkey-glide', 'pypi:valkey', 'pypi:valkey-glide', 'go:github.com/valkey-io/valkey-go')] },
  {
    tag: 'database:memcached',
    some: [...run('memcached', 'bitnami/memcached'), ...uses('npm:memcached', 'npm:memjs', 'pypi:pymemcache', 'pypi:pylibmc', 'pypi:python-memcached', 'pypi:aiomcache', 'gem:dalli', 'go:github.com/bradfitz/gomemcache', 'maven:net.spy:spymemcached', 'nuget:enyimmemcachedcore')],
  },
  {
    tag: 'database:cassandra',
    some: [...run('cassandra', 'bitnami/cassandra'), ...uses('npm:cassandra-driver', 'pypi:cassandra-driver', 'go:github.com/gocql/gocql', 'gem:cassandra-driver', 'maven:com.datastax.oss:java-driver-core', 'maven:org.apache.cassandra:java-driver-core', 'maven:org.springframework.boot:spring-boot-starter-data-cassandra', 'nuget:cassandracsharpdriver', 'hex:xandra')],
  },
  { tag: 'database:cockroachdb', some: [...COCKROACH_IMAGES, ...uses('pypi:sqlalchemy-cockroachdb', 'pypi:django-cockroachdb', 'gem:activerecord-cockroachdb-adapter', 'go:github.com/cockroachdb/cockroach-go'), inPrisma('cockroachdb')] },
  {
    tag: 'database:clickhouse',
    some: [
      ...run('clickhouse', 'clickhouse/clickhouse-server', 'yandex/clickhouse-server', 'bitnami/clickhouse', 'altinity/clickhouse-server'),
      ...uses('npm:@clickhouse/client', 'npm:clickhouse', 'pypi:clickhouse-connect', 'pypi:clickhouse-driver', 'pypi:clickhouse-sqlalchemy', 'go:github.com/ClickHouse/clickhouse-go', 'cargo:clickhouse', 'gem:clickhouse-activerecord', 'gem:click_house', 'maven:com.clickhouse:clickhouse-jdbc', 'maven:com.clickhouse:client-v2', 'nuget:clickhouse.client', 'nuget:clickhouse.driver', 'hex:ch'),
    ],
  },
  {
    tag: 'database:influxdb',
    some: [...run('influxdb', 'bitnami/influxdb'), ...uses('npm:influx', 'npm:@influxdata/influxdb-client', 'npm:@influxdata/influxdb3-client', 'pypi:influxdb', 'pypi:influxdb-client', 'pypi:influxdb3-python', 'go:github.com/influxdata/influxdb-client-go', 'go:github.com/influxdata/influxdb1-client', 'go:github.com/InfluxCommunity/influxdb3-go', 'cargo:influxdb', 'cargo:influxdb2', 'gem:influxdb', 'gem:influxdb-client', 'maven:com.influxdb:influxdb-client-java', 'nuget:influxdb.client')],
  },
  { tag: 'database:couchdb', some: [...run('couchdb', 'apache/couchdb', 'bitnami/couchdb'), ...uses('npm:nano', 'pypi:couchdb', 'pypi:aiocouch', 'gem:couchrest', 'go:github.com/go-kivik/kivik')] },
  { tag: 'database:neo4j', some: [...run('neo4j', 'bitnami/neo4j'), ...uses('npm:neo4j-driver', 'pypi:neo4j', 'pypi:neomodel', 'pypi:py2neo', 'go:github.com/neo4j/neo4j-go-driver', 'cargo:neo4rs', 'gem:neo4j-ruby-driver', 'gem:activegraph', 'maven:org.neo4j.driver:neo4j-java-driver', 'maven:org.springframework.boot:spring-boot-starter-data-neo4j', 'nuget:neo4j.driver', 'composer:laudis/neo4j-php-client')] },
  { tag: 'database:surrealdb', some: [...run('surrealdb/surrealdb'), ...uses('npm:surrealdb', 'npm:surrealdb.js', 'pypi:surrealdb', 'go:github.com/surrealdb/surrealdb.go', 'cargo:surrealdb', 'nuget:surrealdb.net')] },
  { tag: 'database:qdrant', some: [...run('qdrant/qdrant'), ...uses('npm:@qdrant/js-client-rest', 'npm:@langchain/qdrant', 'pypi:qdrant-client', 'pypi:langchain-qdrant', 'go:github.com/qdrant/go-client', 'cargo:qdrant-client', 'nuget:qdrant.client', 'maven:io.qdrant:client')] },
  { tag: 'database:weaviate', some: [...run('semitechnologies/weaviate', 'weaviate/weaviate'), ...uses('npm:weaviate-client', 'npm:weaviate-ts-client', 'npm:@langchain/weaviate', 'pypi:weaviate-client', 'pypi:langchain-weaviate', 'go:github.com/weaviate/weaviate-go-client')] },
  { tag: 'database:chroma', some: [...run('chromadb/chroma', 'chroma-core/chroma'), ...uses('npm:chromadb', 'pypi:chromadb', 'pypi:chromadb-client', 'pypi:langchain-chroma', 'go:github.com/amikos-tech/chroma-go')] },
  { tag: 'database:milvus', some: [...run('milvusdb/milvus'), ...uses('npm:@zilliz/milvus2-sdk-node', 'pypi:pymilvus', 'pypi:langchain-milvus', 'go:github.com/milvus-io/milvus-sdk-go', 'go:github.com/milvus-io/milvus/client', 'maven:io.milvus:milvus-sdk-java')] },
  { tag: 'database:mssql', some: [...run('mssql/server', 'azure-sql-edge'), ...MSSQL_DRIVERS, inPrisma('sqlserver')] },
  { tag: 'database:duckdb', some: [...run('duckdb/duckdb'), ...uses('npm:duckdb', 'npm:duckdb-async', 'npm:@duckdb/node-api', 'npm:@duckdb/duckdb-wasm', 'pypi:duckdb', 'pypi:duckdb-engine', 'go:github.com/marcboeker/go-duckdb', 'go:github.com/duckdb/duckdb-go', 'cargo:duckdb', 'gem:duckdb', 'maven:org.duckdb:duckdb_jdbc', 'nuget:duckdb.net.data.full')] },
  { tag: 'service:sidekiq', some: uses('gem:sidekiq', 'gem:sidekiq-pro'), confidence: 0.95 },
  {
    tag: 'service:rabbitmq',
    some: [
      ...run('rabbitmq', 'bitnami/rabbitmq', 'bitnamilegacy/rabbitmq'),
      ...uses('npm:amqplib', 'npm:amqp-connection-manager', 'npm:@golevelup/nestjs-rabbitmq', 'pypi:pika', 'pypi:aio-pika', 'go:github.com/rabbitmq/amqp091-go', 'go:github.com/streadway/amqp', 'gem:bunny', 'gem:sneakers', 'cargo:lapin', 'maven:com.rabbitmq:amqp-client', 'maven:io.vertx:vertx-rabbitmq-client', 'maven:org.springframework.boot:spring-boot-starter-amqp', 'nuget:rabbitmq.client', 'nuget:masstransit.rabbitmq', 'composer:php-amqplib/php-amqplib', 'hex:amqp', 'hex:broadway_rabbitmq'),
    ],
  },
  {
    tag: 'service:kafka',
    some: [
      ...run('apache/kafka', 'apache/kafka-native', 'confluentinc/cp-kafka', 'confluentinc/confluent-local', 'bitnami/kafka', 'bitnamilegacy/kafka', 'wurstmeister/kafka', 'strimzi/kafka', 'lensesio/fast-data-dev'),
      ...uses('npm:kafkajs', 'npm:node-rdkafka', 'npm:@confluentinc/kafka-javascript', 'pypi:kafka-python', 'pypi:confluent-kafka', 'pypi:aiokafka', 'pypi:faust-streaming', 'go:github.com/segmentio/kafka-go', 'go:github.com/IBM/sarama', 'go:github.com/Shopify/sarama', 'go:github.com/confluentinc/confluent-kafka-go', 'go:github.com/twmb/franz-go', 'gem:ruby-kafka', 'gem:karafka', 'gem:rdkafka', 'cargo:rdkafka', 'maven:org.apache.kafka:kafka-clients', 'maven:org.apache.kafka:kafka-streams', 'maven:org.springframework.kafka:spring-kafka', 'maven:io.vertx:vertx-kafka-client', 'maven:io.quarkus:quarkus-messaging-kafka', 'nuget:confluent.kafka', 'hex:brod', 'hex:kafka_ex', 'hex:broadway_kafka'),
    ],
  },
  { tag: 'service:nats', some: [...run('nats', 'bitnami/nats', 'nats-streaming'), ...uses('npm:nats', 'npm:@nats-io/transport-node', 'npm:@nats-io/nats-core', 'pypi:nats-py', 'go:github.com/nats-io/nats.go', 'gem:nats-pure', 'cargo:async-nats', 'cargo:nats', 'maven:io.nats:jnats', 'nuget:nats.client', 'nuget:nats.net', 'hex:gnat')] },
  // A client of MQTT does not say which broker there is.
  { tag: 'service:mosquitto', some: run('eclipse-mosquitto', 'toke/mosquitto') },
  {
    tag: 'service:elasticsearch',
    some: [
      ...run('elasticsearch', 'elasticsearch/elasticsearch', 'bitnami/elasticsearch'),
      ...uses('npm:@elastic/elasticsearch', 'npm:@nestjs/elasticsearch', 'pypi:elasticsearch', 'pypi:elasticsearch-dsl', 'pypi:django-elasticsearch-dsl', 'go:github.com/elastic/go-elasticsearch', 'go:github.com/olivere/elastic', 'gem:elasticsearch', 'gem:elasticsearch-model', 'gem:elasticsearch-rails', 'cargo:elasticsearch', 'maven:co.elastic.clients:elasticsearch-java', 'maven:org.elasticsearch.client:*', 'maven:org.springframework.boot:spring-boot-starter-data-elasticsearch', 'nuget:elastic.clients.elasticsearch', 'nuget:nest', 'composer:elasticsearch/elasticsearch'),
    ],
  },
  { tag: 'service:opensearch', some: [...run('opensearchproject/opensearch', 'bitnami/opensearch'), ...uses('npm:@opensearch-project/opensearch', 'pypi:opensearch-py', 'go:github.com/opensearch-project/opensearch-go', 'gem:opensearch-ruby', 'cargo:opensearch', 'maven:org.opensearch.client:*', 'nuget:opensearch.client', 'composer:opensearch-project/opensearch-php')] },
  { tag: 'service:meilisearch', some: [...run('getmeili/meilisearch'), ...uses('npm:meilisearch', 'npm:@meilisearch/instant-meilisearch', 'pypi:meilisearch', 'pypi:meilisearch-python-sdk', 'go:github.com/meilisearch/meilisearch-go', 'gem:meilisearch', 'gem:meilisearch-rails', 'cargo:meilisearch-sdk', 'maven:com.meilisearch.sdk:meilisearch-java', 'nuget:meilisearch', 'composer:meilisearch/meilisearch-php')] },
  { tag: 'service:typesense', some: [...run('typesense/typesense'), ...uses('npm:typesense', 'npm:typesense-instantsearch-adapter', 'pypi:typesense', 'go:github.com/typesense/typesense-go', 'gem:typesense', 'nuget:typesense', 'composer:typesense/typesense-php')] },
  { tag: 'service:minio', some: [...run('minio/minio', 'bitnami/minio', 'chainguard/minio'), ...uses('npm:minio', 'npm:nestjs-minio-client', 'pypi:minio', 'pypi:miniopy-async', 'go:github.com/minio/minio-go', 'maven:io.minio:minio', 'cargo:minio', 'nuget:minio')] },
  { tag: 'service:keycloak', some: [...run('keycloak/keycloak', 'jboss/keycloak', 'bitnami/keycloak'), ...uses('npm:keycloak-js', 'npm:keycloak-connect', 'npm:nest-keycloak-connect', 'npm:keycloak-angular', 'npm:@react-keycloak/web', 'npm:@keycloak/keycloak-admin-client', 'pypi:python-keycloak', 'go:github.com/Nerzal/gocloak', 'gem:keycloak', 'maven:org.keycloak:*', 'nuget:keycloak.authservices.authentication')] },
  { tag: 'service:traefik', some: run('traefik', 'traefik/traefik') },
  { tag: 'service:nginx', some: run('nginx', 'nginxinc/nginx-unprivileged', 'bitnami/nginx', 'linuxserver/nginx', 'jwilder/nginx-proxy', 'nginxproxy/nginx-proxy', 'linuxserver/swag') },
  { tag: 'service:caddy', some: run('caddy', 'caddy/caddy', 'lucaslorentz/caddy-docker-proxy') },
  { tag: 'service:grafana', some: run('grafana/grafana', 'grafana/grafana-oss', 'grafana/grafana-enterprise', 'bitnami/grafana', 'grafana/otel-lgtm') },
  // A library that shows measurements is not asked whether anybody collects them.
  { tag: 'service:prometheus', some: run('prom/prometheus', 'prometheus/prometheus', 'bitnami/prometheus') },
  { tag: 'service:ollama', some: [...run('ollama/ollama'), ...uses('npm:ollama', 'npm:ollama-ai-provider', 'npm:@langchain/ollama', 'pypi:ollama', 'pypi:langchain-ollama', 'pypi:llama-index-llms-ollama', 'go:github.com/ollama/ollama', 'gem:ollama-ai', 'cargo:ollama-rs', 'nuget:ollamasharp')] },
  { tag: 'service:mailpit', some: run('axllent/mailpit') },
  { tag: 'service:temporal', some: [...run('temporalio/auto-setup', 'temporalio/server', 'temporalio/temporal'), ...uses('npm:@temporalio/client', 'npm:@temporalio/worker', 'npm:nestjs-temporal', 'pypi:temporalio', 'go:go.temporal.io/sdk', 'gem:temporalio', 'maven:io.temporal:temporal-sdk', 'maven:io.temporal:temporal-spring-boot-starter', 'nuget:temporalio', 'composer:temporal/sdk')] },
  { tag: 'service:vault', some: [...run('hashicorp/vault', 'vault'), ...uses('npm:node-vault', 'pypi:hvac', 'go:github.com/hashicorp/vault/api', 'gem:vault', 'cargo:vaultrs', 'maven:org.springframework.cloud:spring-cloud-starter-vault-config', 'nuget:vaultsharp')] },
];
