// What is packed, and how: electron-builder's configuration for the system it runs on.
import { join } from 'node:path'
import { root } from './places.mjs'

/** Electron's switches of the packaged program; docs/electron-security.md says why. */
export const FUSES = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false
}

/** Nothing of these is ever in a package: what people read, what compilers read, what only tests and other hosts run. */
const LEFT_OUT = [
  '**/*.map',
  '**/*.{ts,cts,mts,tsbuildinfo,flow}',
  '**/*.{c,cc,cpp,h,gyp,gypi}',
  '**/{README,CHANGELOG,HISTORY,Readme}*',
  '**/{test,tests,__tests__,example,examples,docs,benchmark}/**',
  'out/.built',
  'out/main/{headless,cli}.js',
  // The build has copied them beside the page, with the others.
  'resources/dictionaries/**',
  'node_modules/node-*/**',
  'node_modules/ws/**',
  'node_modules/better-sqlite3/{deps,src}/**',
  'node_modules/better-sqlite3/prebuilds/**',
  'node_modules/zod/src/**',
  'node_modules/diff/{dist,libcjs}/**',
  'node_modules/exifreader/{src,bin}/**',
  'node_modules/libheif-js/libheif/**',
  'node_modules/libheif-js/libheif-wasm/libheif{.js,.wasm,-bundle.mjs}',
  'node_modules/libheif-js/{index,wasm}.js'
]

/** Endings of pages and texts that Galley takes in. The installer for Windows has them in packaging/open-with.nsh. */
export const PAGES = ['html', 'htm', 'xhtml', 'txt', 'md']

/** What a story is called by macOS: its own type, which is also JSON, because there an ending has one part alone. */
const STORY_TYPE = 'galley.newsroom.story'

/**
 * Who answers for a package, which a Debian package names. From the environment of whoever releases it; the fallbacks are
 * addresses that cannot exist (RFC 2606), so that no stranger gets the mail.
 */
export function publisher(env) {
  return {
    maintainer: env.GALLEY_MAINTAINER || 'Galley <galley@galley.invalid>',
    homepage: env.GALLEY_HOMEPAGE || 'https://galley.invalid/',
    missing: ['GALLEY_MAINTAINER', 'GALLEY_HOMEPAGE'].filter((name) => !env[name])
  }
}

/** The keys a signed package needs that are missing from the environment. */
export function missingKeys(platform, env) {
  const needed = {
    darwin: ['CSC_LINK', 'CSC_KEY_PASSWORD', 'APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER'],
    win32: ['WIN_CSC_LINK', 'WIN_CSC_KEY_PASSWORD'],
    linux: []
  }[platform]
  return (needed ?? []).filter((name) => !env[name])
}

/**
 * @param {{ platform: NodeJS.Platform, arch: string, made: string, output: string, env: NodeJS.ProcessEnv,
 *   electronVersion: string, electronDist: string | null, inspectable: boolean }} options `made`: the folder of drawn
 *   icons and the list of licences.
 */
export function packagingConfig({ platform, arch, made, output, env, electronVersion, electronDist, inspectable }) {
  const unsigned = missingKeys(platform, env).length > 0
  const { maintainer, homepage } = publisher(env)
  const pages = { ext: PAGES, name: 'Page or text', role: 'Viewer', rank: 'Alternate' }
  const stories = { ext: 'galley.json', name: 'Galley story', role: 'Editor', mimeType: 'application/vnd.galley+json' }
  return {
    appId: 'galley.newsroom.desk',
    productName: 'Galley',
    directories: { output, buildResources: made },
    electronVersion,
    ...(electronDist && { electronDist }),
    npmRebuild: false,
    buildDependenciesFromSource: false,
    publish: null,
    asar: true,
    // What the system loads has to lie on the disk; Electron finds it beside the archive.
    // Dictionaries are works of their own, which may be taken away or exchanged.
    asarUnpack: ['**/*.node', 'node_modules/@img/**', 'out/renderer/dictionaries/**'],
    files: [
      'out/**',
      'resources/**',
      'package.json',
      ...LEFT_OUT.map((pattern) => `!${pattern}`),
      `node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node`
    ],
    extraFiles: [
      { from: join(root, 'LICENSE'), to: 'LICENSE.txt' },
      { from: join(made, 'THIRD-PARTY.txt'), to: 'THIRD-PARTY.txt' }
    ].map((file) => (platform === 'darwin' ? { ...file, to: join('Resources', file.to) } : file)),
    electronFuses: { ...FUSES, enableNodeCliInspectArguments: inspectable },
    protocols: [{ name: 'Galley story', schemes: ['galley'], role: 'Editor' }],
    mac: {
      target: ['dmg', 'zip'],
      category: 'public.app-category.news',
      icon: join(made, 'icon.icns'),
      fileAssociations: [pages],
      extendInfo: {
        UTExportedTypeDeclarations: [
          {
            UTTypeIdentifier: STORY_TYPE,
            UTTypeDescription: stories.name,
            UTTypeConformsTo: ['public.json'],
            UTTypeTagSpecification: {
              'public.filename-extension': [stories.ext],
              'public.mime-type': [stories.mimeType]
            }
          }
        ],
        CFBundleDocumentTypes: [
          {
            CFBundleTypeName: stories.name,
            CFBundleTypeRole: stories.role,
            LSHandlerRank: 'Owner',
            LSItemContentTypes: [STORY_TYPE]
          },
          // A story that the system takes for the JSON it ends in: Galley is offered, and is nobody's default.
          {
            CFBundleTypeName: 'JSON',
            CFBundleTypeRole: 'Viewer',
            LSHandlerRank: 'Alternate',
            LSItemContentTypes: ['public.json']
          }
        ]
      },
      hardenedRuntime: !unsigned,
      gatekeeperAssess: false,
      entitlements: join(root, 'packaging/entitlements.mac.plist'),
      entitlementsInherit: join(root, 'packaging/entitlements.mac.plist'),
      // Without a certificate a Mac with Apple's processor still runs nothing that is not signed by somebody: here, by nobody.
      ...(unsigned && { identity: '-' }),
      notarize: !unsigned
    },
    // Windows goes by the last part of a file's name and gives a double click to one program: see the installer's macros.
    win: { target: ['nsis'], icon: join(made, 'icon.ico') },
    nsis: {
      oneClick: false,
      perMachine: false,
      allowToChangeInstallationDirectory: true,
      deleteAppDataOnUninstall: false,
      include: join(root, 'packaging/open-with.nsh')
    },
    linux: {
      target: ['AppImage', 'deb'],
      category: 'Office',
      icon: join(made, 'icons'),
      executableName: 'galley',
      synopsis: 'Newsroom editor that works offline',
      maintainer,
      fileAssociations: [stories],
      mimeTypes: ['text/html', 'text/plain', 'text/markdown']
    },
    deb: { packageCategory: 'editors', priority: 'optional' },
    extraMetadata: { homepage }
  }
}
