/** The live video that this page is about: the last part of its address, which may end in a slash. */
export const liveVideoId = decodeURIComponent(location.pathname.split("/").filter(Boolean).pop());
