// Keeps the id of the last comment that another tab has passed on, in window.heard.
url => {
  new BroadcastChannel(`livecomments 2 ${url}`).onmessage = ({ data }) => {
    if (data.type === "events") window.heard = data.events[data.events.length - 1].comment.id;
  };
}
