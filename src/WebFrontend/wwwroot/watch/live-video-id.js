/** The live video that this page is about: the last part of its address. */
export const liveVideoId = decodeURIComponent(location.pathname.split("/").pop());
