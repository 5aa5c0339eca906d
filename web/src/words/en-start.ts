/** English: the start page. Owns words, by what shows them; knows nothing of the page. */

export const enStart = {
  title: 'A whiteboard you share by its link',
  text: 'Open a board, send the address to others, and draw together. It stays where you left it.',
  newBoard: 'New board',
  /** The two at work in the picture. */
  sketch: ['Wren', 'Ada'],

  link: {
    label: 'Open a link',
    hint: 'Link to a board',
    open: 'Open',
    wrong: (host: string) => `That is no link to a board here. It begins with ${host}/b/`,
  },

  from: {
    open: 'From a template or a file',
    title: 'Start with',
    close: 'Close',
    file: 'Open a file…',
    /** What can be opened. */
    kinds: 'Drawbridge, Excalidraw, tldraw, or a picture that has a board in it. You can drop one on this page, too.',
    making: (name: string) => `Making a board of ${name}…`,
    cancel: 'Cancel',
    broughtNot: 'Not quite what the file says:',
    openBoard: 'Open it',
  },
  templates: {
    'flow-chart': { title: 'Flow chart', about: 'Steps, decisions, and what comes of them' },
    'mind-map': { title: 'Mind map', about: 'A thought and what belongs to it' },
    retro: { title: 'Retrospective', about: 'What went well, what did not, what we try next' },
    kanban: { title: 'Kanban', about: 'Cards that go from left to right' },
    'story-map': { title: 'User story map', about: 'What people do, and what comes in which release' },
    wireframes: { title: 'Wireframe kit', about: 'A page, a telephone, and parts for others' },
  },

  list: {
    title: 'Your boards',
    note: 'opened in this browser',
    search: 'Search your boards',
    none: (query: string) => `No board here has “${query}” in its name.`,
    first: (date: string) => `First opened on ${date}`,
    /** Opened a moment ago. */
    justNow: 'Just now',
  },

  card: {
    more: (name: string) => `More about ${name}`,
    menu: (name: string) => `What to do with ${name}`,
    rename: 'Rename',
    name: 'Name of the board',
    duplicate: 'Duplicate',
    copyOf: (title: string) => `${title} (copy)`,
    copyLink: 'Copy link',
    remove: 'Remove from list',
  },

  told: {
    linkCopied: 'Link copied',
    linkNotCopied: 'This browser does not let us copy. Open the board and copy its address.',
    removed: (name: string) => `“${name}” is off the list. The board stays where it is.`,
    undo: 'Undo',
    notRenamed: 'The name could not be saved. A board is renamed where it is kept, and the server cannot be reached.',
    notMade: (why: string) => `No board was made: ${why}.`,
    newer: 'a newer version of Drawbridge has made it',
    nothing: 'there is nothing in it',
    noPicture: 'the server does not take a picture in it',
    several: 'one file makes one board, so drop them one by one',
    unreachable: 'the server cannot be reached',
    duplicated: (name: string) => `“${name}” was duplicated.`,
    notDuplicated: 'The board could not be duplicated. That takes the server, and it cannot be reached.',
  },
};
