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
    duplicated: (name: string) => `“${name}” was duplicated.`,
    notDuplicated: 'The board could not be duplicated. That takes the server, and it cannot be reached.',
  },
};
