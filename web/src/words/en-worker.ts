/** English: what the worker shows in place of the server. Owns words; knows nothing of the page. */

/** By their places in `refusal.html`; `way` is the address behind `onward`. */
export const away = {
  title: 'The server is out of reach',
  text: 'This address needs the network, a new board too. The boards that you had open here open without it, and what you draw is sent later.',
  way: '',
  onward: 'Try again',
};
