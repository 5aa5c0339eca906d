/** English: the start page. Owns words, by what shows them; knows nothing of the page. */

export const enStart = {
  title: 'A whiteboard you share by its link',
  text: 'Open a board, send the address to others, and draw together. It stays where you left it.',
  newBoard: 'New board',
  boards: 'Your boards',
  boardsNote: 'opened in this browser',
  first: (date: string) => `First opened on ${date}`,
  last: (when: string) => `Opened ${when}`,
  justNow: 'just now',
  remove: 'Remove from this list (the board stays)',
  removeBoard: (title: string) => `Remove ${title} from this list`,
  /** The two at work in the picture. */
  sketch: ['Wren', 'Ada'],
};
