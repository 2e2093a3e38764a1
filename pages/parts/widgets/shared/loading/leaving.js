// When a widget has left the page. Streamlit calls a widget's program whenever the data changed, and keeps what
// it returns to call it when the widget goes. A call that waited for its program while newer data came is told
// to go as soon as it is done, with the newer call just made or about to be: only the last one may end anything.

const calls = new WeakMap();

// ``leave`` ends what the call just made for ``parent`` has begun; what is returned does so once no other came.
export function leaving(parent, leave) {
  const call = Symbol();
  calls.set(parent, call);
  return () =>
    setTimeout(() => {
      if (calls.get(parent) === call) leave?.();
    });
}
