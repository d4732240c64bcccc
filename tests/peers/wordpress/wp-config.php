<?php
// A site for tests: its data in SQLite at a place that the process is told, its address that of whoever stands before it.
$home = getenv('GALLEY_HOME');
define('WP_HOME', $home);
define('WP_SITEURL', $home);
$_SERVER['HTTP_HOST'] = substr($home, strlen('http://'));
define('DB_NAME', 'wordpress');
define('DB_USER', '');
define('DB_PASSWORD', '');
define('DB_HOST', '');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('DB_DIR', getenv('GALLEY_DATA') . '/');
define('DB_FILE', 'wordpress.sqlite');
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) {
    define($name . '_KEY', 'tests only');
    define($name . '_SALT', 'tests only');
}
$table_prefix = 'wp_';
// Application passwords without TLS are taken by a local site alone.
define('WP_ENVIRONMENT_TYPE', 'local');
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('DISALLOW_FILE_MODS', true);
// What is due is done when a test asks for wp-cron.php.
define('DISABLE_WP_CRON', true);
define('WP_DEBUG', false);
define('WP_CONTENT_DIR', __DIR__ . '/wp-content');
if (!defined('ABSPATH')) {
    define('ABSPATH', __DIR__ . '/');
}
require_once ABSPATH . 'wp-settings.php';
