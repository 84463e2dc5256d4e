// The one-time token stands in the fragment, which no server, log or link preview sees.
const token = location.hash.slice(1);
document.getElementById("token").value = token;
document.getElementById("no-token").hidden = token !== "";
