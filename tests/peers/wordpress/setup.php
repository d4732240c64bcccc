<?php
// Sets the site up once, with a user of each role that writes; prints the application passwords as JSON.
$_SERVER += ['REQUEST_URI' => '/', 'SERVER_NAME' => '127.0.0.1', 'REQUEST_METHOD' => 'GET'];
define('WP_INSTALLING', true);
require getenv('GALLEY_WWW') . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
add_filter('pre_wp_mail', '__return_true');
if (!is_blog_installed()) {
    wp_install('Newsroom', 'admin', 'admin@example.com', true, '', 'tests only');
}
// Debian's package has no theme; this one shows the posts and nothing else.
update_option('template', 'plain');
update_option('stylesheet', 'plain');
update_option('timezone_string', 'Europe/Berlin');
update_option('permalink_structure', getenv('GALLEY_PLAIN') ? '' : '/%year%/%monthnum%/%postname%/');
$passwords = [];
foreach (['admin' => 'administrator', 'editor' => 'editor', 'author' => 'author'] as $name => $role) {
    $user = get_user_by('login', $name);
    $id = $user ? $user->ID : wp_insert_user([
        'user_login' => $name, 'user_pass' => "tests only $name", 'user_email' => "$name@example.com",
        'role' => $role, 'display_name' => ucfirst($name),
    ]);
    WP_Application_Passwords::delete_all_application_passwords($id);
    [$password] = WP_Application_Passwords::create_new_application_password($id, ['name' => 'galley']);
    $passwords[$name] = $password;
}
echo "\n", json_encode(['version' => get_bloginfo('version'), 'passwords' => $passwords]), "\n";
