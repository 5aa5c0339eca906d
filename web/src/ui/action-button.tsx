/** A button for one row of the table of actions. Owns nothing: icon, words, keys and whether it applies are the row's. */
import { type Act, type ActionId, actionOf, applies } from '../actions';
import { words } from '../words';
import { IconButton } from './button';
import { iconOf } from './icons';

export function ActionButton({ id, act }: { id: ActionId; act: Act }) {
  const action = actionOf(id);
  return (
    <IconButton
      icon={iconOf(action)}
      label={words.actions[action.words]}
      shortcut={action.keys[0]}
      disabled={!applies(id)}
      onClick={() => act(id)}
    />
  );
}
