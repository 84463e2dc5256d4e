// The one-time token stands in the fragment, which no server, log or link preview sees.
const token = location.hash.slice(1);
document.getElementById("token").value = token;
document.getElementById("no-token").hidden = token !== "";

// A demo asks for nothing. After a refusal the person decides: the address still holds the link.
const form = document.querySelector("form[data-at-once=true]");
if (form && token !== "" && !new URLSearchParams(location.search).has("error")) form.requestSubmit();
