// Resolves when a comment has this text, with the time.
message => new Promise(resolve => {
  const look = () => {
    if (![...document.querySelectorAll(".comment[data-id] .message")].some(({ textContent }) => textContent === message)) return;
    observer.disconnect();
    resolve(Date.now());
  };
  const observer = new MutationObserver(look);
  observer.observe(document.querySelector(".comments"), { childList: true });
  look();
})
