import type { IntakeRuleInput } from '../rules.ts'

/**
 * The plainest furniture of French, German and Spanish pages. Words that are also English apply only to those pages.
 */
export const europeanRules: readonly IntakeRuleInput[] = [
  {
    id: 'fr.furniture',
    sentences: true,
    reason: 'reason.furnitureFr',
    match: {
      line: [
        'Suivez-nous',
        'Suivez-nous sur',
        'Suivez-nous sur *',
        'Partager',
        'Partager sur *',
        'Partager cet article',
        'Publicité',
        'Contenu sponsorisé',
        "S'abonner",
        'Abonnez-vous',
        'Abonnez-vous *',
        'Se connecter',
        'Newsletter',
        'Inscrivez-vous à *',
        'Commentaires',
        'Ajouter un commentaire',
        'Réagir',
        'Tous droits réservés*',
        '*Tous droits réservés',
        '*Tous droits réservés*',
        'Mentions légales',
        'Nous utilisons des cookies*',
        'Tout accepter',
        'Temps de lecture*',
        'Lecture # min',
        'Lecture : # min',
        'Accueil',
        'Imprimer',
        'Copier le lien',
        'Lire plus tard',
        'Article réservé à nos abonnés'
      ],
      maxLength: 160
    },
    role: 'furniture',
    examples: {
      yes: ['Publicité', 'Suivez-nous sur WhatsApp', 'Tous droits réservés.'],
      no: ['Publicité mensongère : une amende', 'Partager la mer, disent-ils']
    }
  },
  {
    id: 'fr.rail',
    reason: 'reason.railMarkerFr',
    match: {
      line: [
        'À lire aussi',
        'À lire aussi *',
        'Lire aussi',
        'Lire aussi *',
        'A lire aussi *',
        'À voir aussi',
        'Voir aussi',
        'Voir aussi *',
        'Les plus lus',
        'Les plus lues',
        'Articles les plus lus',
        'Sur le même sujet',
        'Sur le même thème',
        'Nos articles les plus lus',
        'À la une',
        'Dernières nouvelles',
        'En continu',
        'Recommandé pour vous',
        'Notre sélection',
        'La suite après la publicité'
      ],
      maxLength: 160
    },
    role: 'furniture',
    opensRail: true,
    examples: {
      yes: ['À lire aussi : le ferry reprend', 'Sur le même sujet'],
      no: ['Lire, écrire et compter au port', 'À la une hier, oubliée aujourd’hui']
    }
  },
  {
    id: 'de.furniture',
    sentences: true,
    reason: 'reason.furnitureDe',
    match: {
      line: [
        'Folgen Sie uns',
        'Folgen Sie uns auf *',
        'Teilen',
        'Artikel teilen',
        'Teilen auf *',
        'Anzeige',
        'Anzeigen',
        'Werbung',
        'Gesponsert',
        'Abonnieren',
        'Jetzt abonnieren',
        'Anmelden',
        'Registrieren',
        'Newsletter abonnieren',
        'Kommentare',
        'Kommentar schreiben',
        'Kommentieren',
        'Alle Rechte vorbehalten*',
        '*Alle Rechte vorbehalten',
        '*Alle Rechte vorbehalten*',
        'Impressum',
        'Datenschutz',
        'Datenschutzerklärung',
        'Wir verwenden Cookies*',
        'Alle akzeptieren',
        'Lesezeit*',
        'Startseite',
        'Drucken',
        'Merken',
        'Zur Startseite',
        'Link kopieren'
      ],
      maxLength: 160
    },
    role: 'furniture',
    examples: {
      yes: ['Anzeige', 'Artikel teilen', 'Lesezeit: 3 Min'],
      no: ['Anzeige gegen Reederei erstattet', 'Teilen statt besitzen']
    }
  },
  {
    id: 'de.rail',
    reason: 'reason.railMarkerDe',
    match: {
      line: [
        'Lesen Sie auch',
        'Lesen Sie auch *',
        'Mehr zum Thema',
        'Mehr zum Thema *',
        'Weitere Artikel',
        'Weitere Nachrichten',
        'Meistgelesen',
        'Meistgelesene Artikel',
        'Auch interessant',
        'Das könnte Sie auch interessieren',
        'Top-Nachrichten',
        'Aktuelle Nachrichten',
        'Mehr lesen',
        'Mehr anzeigen',
        'Empfohlen',
        'Empfohlene Artikel'
      ],
      maxLength: 160
    },
    role: 'furniture',
    opensRail: true,
    examples: {
      yes: ['Lesen Sie auch: Fähre fällt aus', 'Mehr zum Thema'],
      no: ['Mehr zum Themaabend sagte er nicht', 'Lesen hilft']
    }
  },
  {
    id: 'es.furniture',
    sentences: true,
    reason: 'reason.furnitureEs',
    match: {
      line: [
        'Síguenos',
        'Síguenos en',
        'Síguenos en *',
        'Síganos en *',
        'Compartir',
        'Compartir en *',
        'Comparte',
        'Comparte esta noticia',
        'Publicidad',
        'Anuncio',
        'Contenido patrocinado',
        'Suscríbete',
        'Suscríbete *',
        'Suscribirse',
        'Iniciar sesión',
        'Regístrate',
        'Boletín',
        'Comentarios',
        'Deja un comentario',
        'Todos los derechos reservados*',
        '*Todos los derechos reservados',
        '*Todos los derechos reservados*',
        'Aviso legal',
        'Política de privacidad',
        'Utilizamos cookies*',
        'Aceptar todo',
        'Aceptar todas',
        'Tiempo de lectura*',
        'Inicio',
        'Imprimir',
        'Copiar enlace'
      ],
      maxLength: 160
    },
    role: 'furniture',
    examples: {
      yes: ['Publicidad', 'Síguenos en Telegram', 'Compartir en Facebook'],
      no: ['Publicidad engañosa en el puerto', 'Comparte el agua el pueblo']
    }
  },
  {
    id: 'es.rail',
    reason: 'reason.railMarkerEs',
    match: {
      line: [
        'Lea también',
        'Lea también *',
        'Lee también',
        'Lee también *',
        'Leer más',
        'Leer más *',
        'Te puede interesar',
        'Te puede interesar *',
        'Le puede interesar',
        'Más leídas',
        'Lo más leído',
        'Noticias relacionadas',
        'Artículos relacionados',
        'Más noticias',
        'Últimas noticias',
        'Ver más',
        'Recomendados',
        'Más información'
      ],
      maxLength: 160
    },
    role: 'furniture',
    opensRail: true,
    examples: {
      yes: ['Lea también: vuelve el ferri', 'Lo más leído'],
      no: ['Más información sobre el puerto habrá mañana']
    }
  }
]
