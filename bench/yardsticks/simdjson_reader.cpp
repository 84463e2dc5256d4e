// The reader's yardstick: simdjson on-demand over a file of audit events, reading the fields that Reeve's reader reads.
// Prints one JSON object: {"events":N,"bytes":N,"seconds":S}, the fastest of some passes on one core.
#include <simdjson.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>

using namespace simdjson;

static size_t total = 0;

static void take(simdjson_result<ondemand::value> value) {
  std::string_view text;
  if (!value.get_string().get(text)) total += text.size();
}

static void take_list(simdjson_result<ondemand::value> value) {
  ondemand::array list;
  if (value.get_array().get(list)) return;
  for (auto item : list) take(item);
}

static void take_user(simdjson_result<ondemand::value> value) {
  ondemand::object user;
  if (value.get_object().get(user)) return;
  for (auto field : user) {
    std::string_view key = field.unescaped_key();
    if (key == "username" || key == "uid") take(field.value());
    else if (key == "groups") take_list(field.value());
  }
}

static void take_object_ref(simdjson_result<ondemand::value> value) {
  ondemand::object ref;
  if (value.get_object().get(ref)) return;
  for (auto field : ref) take(field.value());
}

static void take_status(simdjson_result<ondemand::value> value) {
  ondemand::object status;
  if (value.get_object().get(status)) return;
  for (auto field : status) {
    std::string_view key = field.unescaped_key();
    int64_t code;
    if (key == "code") { if (!field.value().get_int64().get(code)) total += code; }
    else if (key == "message" || key == "reason" || key == "status") take(field.value());
  }
}

static void take_annotations(simdjson_result<ondemand::value> value) {
  ondemand::object annotations;
  if (value.get_object().get(annotations)) return;
  for (auto field : annotations) {
    std::string_view key = field.unescaped_key();
    if (key == "authorization.k8s.io/decision" || key == "authorization.k8s.io/reason") take(field.value());
  }
}

static void take_event(ondemand::object event) {
  for (auto field : event) {
    std::string_view key = field.unescaped_key();
    if (key == "level" || key == "auditID" || key == "stage" || key == "requestURI" || key == "verb" ||
        key == "userAgent" || key == "requestReceivedTimestamp" || key == "stageTimestamp")
      take(field.value());
    else if (key == "user" || key == "impersonatedUser") take_user(field.value());
    else if (key == "sourceIPs") take_list(field.value());
    else if (key == "objectRef") take_object_ref(field.value());
    else if (key == "responseStatus") take_status(field.value());
    else if (key == "annotations") take_annotations(field.value());
  }
}

int main(int argc, char** argv) {
  if (argc < 2) { std::fprintf(stderr, "usage: simdjson_reader FILE [PASSES]\n"); return 2; }
  padded_string file;
  if (padded_string::load(argv[1]).get(file)) { std::fprintf(stderr, "cannot read %s\n", argv[1]); return 1; }
  const int passes = argc > 2 ? std::atoi(argv[2]) : 5;
  double best = 1e9;
  size_t events = 0;
  for (int pass = 0; pass < passes; pass++) {
    events = 0;
    ondemand::parser parser;
    auto begun = std::chrono::steady_clock::now();
    ondemand::document_stream stream;
    if (parser.iterate_many(file, 4 << 20).get(stream)) return 1;
    for (auto document : stream) {
      ondemand::object event;
      if (document.get_object().get(event)) continue;
      take_event(event);
      events++;
    }
    std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    if (took.count() < best) best = took.count();
  }
  std::printf("{\"events\":%zu,\"bytes\":%zu,\"seconds\":%.6f,\"checksum\":%zu}\n", events, file.size(), best, total);
}
