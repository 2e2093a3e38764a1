// What a picture waits for: its turn, and plotly.js.

const NEARLY = "500px 0px";
const LONGEST_WAIT = 4000;

// plotly.js is loaded once for the whole page; a failed attempt is tried again at the next drawing.
export function plotly(url) {
  if (window.Plotly) return Promise.resolve(window.Plotly);
  window.clearheadPlotly ??= new Promise((done, fail) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = () => (window.Plotly ? done(window.Plotly) : fail(new Error(url)));
    script.onerror = () => {
      script.remove();
      window.clearheadPlotly = undefined;
      fail(new Error(url));
    };
    document.head.append(script);
  });
  return window.clearheadPlotly;
}

// Have plotly.js at hand for the first picture that needs it: fetched when the browser has nothing to do.
export function fetchAhead(url) {
  if (window.Plotly || window.clearheadAhead || navigator.connection?.saveData) return;
  window.clearheadAhead = true;
  whenIdle(() => {
    const link = document.createElement("link");
    Object.assign(link, { rel: "prefetch", as: "script", href: url });
    document.head.append(link);
  });
}

// What is in sight, or nearly, is drawn at once; on a page that is to be printed or saved whole, everything.
// ``gone`` is the signal that the picture left the page: nothing keeps it any longer.
export function comesNear(root, gone) {
  if (new URLSearchParams(location.search).has("whole")) return idle();
  return new Promise((done) => {
    const heard = new AbortController();
    const near = () => {
      seen.disconnect();
      heard.abort();
      done();
    };
    const seen = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && near(),
      { root: root.closest('[data-testid="stMain"]'), rootMargin: NEARLY },
    );
    seen.observe(root);
    window.addEventListener("beforeprint", near, { signal: heard.signal });
    gone.addEventListener("abort", near, { once: true });
  });
}

// All else waits until the browser has nothing to do, so that a page of many figures answers early.
export function idle() {
  return new Promise(whenIdle);
}

function whenIdle(then) {
  const wait = window.requestIdleCallback ?? ((next) => setTimeout(next, LONGEST_WAIT / 2));
  wait(() => then(), { timeout: LONGEST_WAIT });
}
