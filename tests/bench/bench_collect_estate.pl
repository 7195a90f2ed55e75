#!/usr/bin/perl
# An estate of about N resources of all kinds in three projects, as a snapshot on standard output: the simulator's own example
# (tests/sim/estate_example.ndjson), copied under other names until it is large enough.
#
# Names of copy K end in -K, in the resource and wherever another one mentions it, so that each copy is wired like the example.
use strict;
use warnings;

my ($example, $wanted) = @ARGV;
my @projects = map { { id => "bench-$_", number => 481516235000 + $_ } } 0 .. 2;
# Inside another resource, or there once a project.
my %inside = map { $_ => 1 } qw(sql.database sql.user secret.version dns.recordSet);
my %once   = map { $_ => 1 } qw(project.service project.iamPolicy);

open my $in, '<', $example or die "$example: $!\n";
my (@lines, @single, %names);
while (<$in>) {
    next unless /"kind": "([a-zA-Z.]+)", "name": "\/\/([^"]+)"/ && !/"unobserved"/;
    my ($kind, $name) = ($1, $2);
    s/acme-network-host/acme-staging/g;
    s/"DISABLED"/"ENABLED"/g;               # everything can be read:
    s/"activationPolicy": "NEVER"/"activationPolicy": "ALWAYS"/g;
    if ($once{$kind}) { push @single, $_; next }
    push @lines, $_;
    $names{(split m{/}, $name)[-1]} = 1 unless $inside{$kind};
}
my $any = join '|', map { quotemeta } sort { length $b <=> length $a } keys %names;

sub placed {
    my ($line, $project) = @_;
    $line =~ s/acme-staging/$project->{id}/g;
    $line =~ s/48151623429[0-9]|481516234200/$project->{number}/g;
    return $line;
}

print '{"plumbline_snapshot": "1.0", "observed_at": "2026-11-20T10:00:00Z", "projects": [',
    join(', ', map { qq({"id": "$_->{id}", "number": "$_->{number}"}) } @projects), "]}\n";
my $n = 0;
for my $project (@projects) {
    for (@single) { print placed($_, $project); $n += !/"iam_policy"/ }
}
for (my $k = 0; $n < $wanted; $k++) {
    for (@lines) {
        my $line = $_;
        $line =~ s{/($any)(?=["/:?])}{/$1-$k}g;
        $line =~ s{(: "|:)($any)"}{$1$2-$k"}g;
        $line =~ s{\b(10|34|35)\.\d+\.\d+\.(\d+)(?![\d/.])}{sprintf "$1.%d.%d.%d", 100 + $k / 250, $k % 250, $2}ge;
        $line =~ s{\bwww\.acme\.example\b}{www-$k.acme.example}g;
        $line =~ s{\b203\.0\.113\.(\d+)\b}{sprintf "203.%d.%d.%d", 100 + $k / 250, $k % 250, $1}ge;
        $line =~ s{-2xk5q7mzla-}{"-c" . $k . "mzla-"}ge;
        $line =~ s{(connections/servicenetworking-googleapis-com)}{$1-$k};
        print placed($line, $projects[$k % 3]);
        $n += !/"iam_policy"/;
    }
}
